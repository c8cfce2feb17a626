/** Who can be played in the demo: `npm run token -- <name>` prints the bearer token of each. */
export interface Actor {
  name: string;
  kind: 'MEMBER' | 'TOOL';
  /** A member's e-mail; of a tool, that of the member it acts for. */
  email: string;
  /** Key of its organisation in `organisations.data.ts`. */
  organisation: string;
  about: string;
}

const mail = (who: string) => `${who}@passerelle.example`;

const member = (name: string, organisation: string, email: string, about: string): Actor => ({
  name,
  kind: 'MEMBER',
  email: mail(email),
  organisation,
  about,
});
const tool = (name: string, organisation: string, email: string, about: string): Actor => ({
  ...member(name, organisation, email, about),
  kind: 'TOOL',
});

export const actors: readonly Actor[] = [
  member('council', 'council', 'claire.moreau', 'Claire Moreau, coordinator and manager at the Département, Nantes Métropole unit'),
  member('council-reader', 'council', 'paul.guerin', 'Paul Guérin, who reads for the Département’s management'),
  member('plie', 'plie', 'sandra.lopez', 'Sandra Lopez, pathway referent of the PLIE'),
  member('association', 'passerelles-loire', 'yves.tanguy', 'Yves Tanguy, director of the association Passerelles de Loire (invented)'),
  member('enterprise', 'berges-vives', 'lea.robin', 'Léa Robin, who runs the work sites of Les Berges Vives (invented ACI)'),
  member('second-enterprise', 'erdre-chantiers', 'karim.haddad', 'Karim Haddad, who runs Erdre Chantiers (invented ACI)'),
  member('commune', 'commune-reze', 'anne.leroux', 'Anne Leroux, employment officer of the Ville de Rezé, which hosts sites'),
  member('ccas', 'ccas-nantes', 'marion.petit', 'Marion Petit, social worker of the CCAS de Nantes'),
  member('state', 'prefecture', 'jean.marchand', 'Jean Marchand, of the Préfecture'),
  member('caf', 'caf', 'odile.gautier', 'Odile Gautier, of the CAF'),
  tool('tool', 'plie', 'sandra.lopez', 'Case software of the PLIE, acting for Sandra Lopez'),
  tool('second-tool', 'passerelles-loire', 'yves.tanguy', 'Case software of Passerelles de Loire, acting for Yves Tanguy'),
]; // prettier-ignore
