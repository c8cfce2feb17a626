import type { Random } from './random.ts';

/** First names and surnames as they are common in France; any likeness to a real person is chance. */
export const women =
  list(`Nathalie Isabelle Sylvie Catherine Martine Christine Françoise Valérie Sandrine Stéphanie
  Véronique Sophie Céline Chantal Patricia Anne Julie Laurence Aurélie Émilie Camille Léa Manon Marine Pauline Laura
  Fatima Karima Samira Aïcha Fatoumata Mariam Awa Yasmina Leïla Malika Souad Zohra Khadija Aminata Ana Maria Elena
  Natacha Olga Nadège Gaëlle Soizic Morgane Solenn Maëlle Gwenaëlle Élodie Charlotte Lucie Mathilde Inès Sarah Amel`);
export const men =
  list(`Jean Philippe Michel Alain Patrick Nicolas Christophe Pierre Christian Éric Frédéric Laurent
  Stéphane David Pascal Daniel Sébastien Julien Olivier Bernard Thomas Alexandre Romain Guillaume Maxime Kevin Anthony
  Mohamed Karim Rachid Ahmed Youssef Mehdi Mamadou Ibrahima Moussa Ousmane Abdoulaye Samir Hassan Ali José Antonio
  Ivan Viktor Yann Erwan Ronan Loïc Mickaël Ludovic Cédric Jérôme Benoît Florian Hugo Lucas Nathan Théo Bilal`);
const surnames =
  list(`Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre
  Leroy Roux Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André
  Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry
  Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard
  Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal
  Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc
  Payet Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis Moulin
  Louis Deschamps Huet Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry Guyot Carré
  Charles Renault Charpentier Ménard Maillard Baron Bertin Bailly Hervé Schneider Fernandez Collet Léger Bouvier
  Julien Prévost Millet Perrot Daniel Cousin Germain Breton Besson Langlois Rémy Pelletier Lévêque Perrier Leblanc
  Barré Lebrun Marchal Weber Mallet Hamon Boulanger Jacob Monnier Michaud Rodriguez Guichard Gillet Étienne Grondin
  Poulain Tessier Chevallier Collin Chauvin Bouchet Gay Lemaître Bénard Maréchal Humbert Reynaud Antoine Hoarau Perret
  Barthélemy Cordier Pichon Lejeune Gilbert Lamy Delaunay Pasquier Carlier Laporte Tanguy Le_Goff Le_Gall Guillou
  Le_Roux Morvan Le_Bris Cadiou Kerleau Traoré Diallo Diarra Coulibaly Keïta Sow Camara Ndiaye Benali Haddad Bouzid
  Mansouri Belkacem Cherif Saïdi Amrani Yilmaz Kaya Nguyen Tran Silva Ferreira Santos Pereira Ivanova Kovalenko`);

function list(words: string): string[] {
  return words.split(/\s+/).map((word) => word.replace('_', ' '));
}

export interface Name {
  firstName: string;
  lastName: string;
  isWoman: boolean;
}

export function nameOf(random: Random): Name {
  const isWoman = random.chance(0.54);
  return { firstName: random.pick(isWoman ? women : men), lastName: random.pick(surnames), isWoman };
}

/** `Léa Robin` → `lea.robin`. */
export function mailNameOf({ firstName, lastName }: Pick<Name, 'firstName' | 'lastName'>): string {
  const plain = (text: string) =>
    text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z]+/g, '-'); // prettier-ignore
  return `${plain(firstName)}.${plain(lastName)}`;
}
