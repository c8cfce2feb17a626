import { OfferRow } from '../offers/offer.row.ts';
import { OrganisationRow } from '../partners/organisation.row.ts';
import { SiteRow } from '../partners/site.row.ts';
import { CommuneRow, EpciRow } from '../territory/commune.row.ts';
import { VacancyRow } from '../vacancies/vacancy.row.ts';

/** Every row class: what the migrations must agree with (checked by `npm run check:migrations`). */
export const tables = [CommuneRow, EpciRow, OrganisationRow, SiteRow, OfferRow, VacancyRow];
