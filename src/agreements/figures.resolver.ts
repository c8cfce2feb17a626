import { Arg, Ctx, FieldResolver, Float, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import type { Context } from '../graphql/context.ts';
import { Day } from '../graphql/scalars.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import type { AgreementRow } from './agreement.row.ts';
import { Agreement } from './agreement.type.ts';
import * as exit from './exit.rules.ts';
import { annualHoursOn, declaredFte, suppressed, yearBefore } from './figures.rules.ts';
import { dossiersOf, figuresOf, participantsOf, type FiguresRow } from './figures.store.ts';
import { AgreementFigures, IaeDossier, IaeSession, ParticipantFigures } from './figures.type.ts';
import { termsOn } from './terms.store.ts';

function shown(row: FiguresRow | null, { siaeKind }: Pick<AgreementRow, 'siaeKind'>) {
  if (!row) return null;
  const { first, last, hours, withoutHours, ...rest } = row;
  const annual = annualHoursOn(siaeKind, last);
  return {
    ...rest,
    ...{ from: first, to: last, declaredHours: hours, placementsWithoutHours: withoutHours },
    ...{ annualHours: annual, declaredFte: declaredFte({ hours, annual, first, last }) },
  };
}

@Resolver(() => Agreement)
export class AgreementFiguresResolver {
  @FieldResolver(() => AgreementFigures, {
    nullable: true,
    description: 'What it achieves against what it funds; null while it is not signed, or before its first day.',
  })
  async realised(
    @Root() row: AgreementRow,
    @Arg('from', () => Day, { nullable: true, description: 'First day; its own if not said or earlier.' })
    from: string | null,
    @Arg('to', () => Day, { nullable: true, description: 'Last day; its own, or today, if not said or later.' })
    to: string | null,
    @Ctx() ctx: Context,
  ) {
    return shown(await ctx.loaders.load(figuresOf, { agreement: row.id, from, to, own: true }), row);
  }

  @FieldResolver(() => ParticipantFigures, {
    nullable: true,
    description: 'Who took part, of a signed ESF grant or PLIE protocol, for its parties; null for anybody and anything else.',
  })
  async participants(@Root() { id }: AgreementRow, @Ctx() ctx: Context) {
    const rows = await ctx.loaders.load(participantsOf, id);
    if (rows.length === 0) return null;
    return {
      ...{ entered: exit.total(rows), exited: exit.total(rows.filter(({ ended }) => ended)) },
      ...{ age: suppressed(exit.ageAtEntry(rows)), status: suppressed(exit.statusAtEntry(rows)) },
      ...{ income: suppressed(exit.incomeAtEntry(rows)), exits: suppressed(exit.situationAtExit(rows)) },
    };
  }
} // prettier-ignore

/** A dossier, of the session it is laid before. */
export interface Dossier extends AgreementRow {
  on: string;
}

@Resolver(() => IaeDossier)
export class IaeSessionResolver {
  @Query(() => IaeSession, {
    description:
      'The working paper of a session of the IAE council: the conventions laid before it that you may see, with what each structure ' +
      'did in the year before. No person stands in it.',
  })
  async iaeSession(@Arg('on', () => Day, { description: 'The day.' }) on: string, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'agreements:read');
    const dossiers = await ctx.loaders.load(dossiersOf, on);
    return { on, dossiers: dossiers.map((row) => ({ ...row, on })) };
  }

  @FieldResolver(() => Agreement, { description: 'The convention.' })
  agreement(@Root() dossier: Dossier) {
    return dossier;
  }

  @FieldResolver(() => Organisation, { description: 'The structure.' })
  siae(@Root() { providerId }: Dossier, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, providerId!);
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Full-time equivalents asked for.' })
  async requestedFte(@Root() { id }: Dossier, @Ctx() ctx: Context) {
    return (await ctx.loaders.load(termsOn, { agreement: id, on: null })).requestedFte;
  }

  @FieldResolver(() => AgreementFigures, {
    nullable: true,
    description:
      'What the structure did in the twelve months before the session in the offers the convention covers; funded: by its signed ' +
      'conventions of this kind. Null where the session is too far ahead for any day of these to be past.',
  })
  async realised(@Root() dossier: Dossier, @Ctx() ctx: Context) {
    return shown(await ctx.loaders.load(figuresOf, { agreement: dossier.id, ...yearBefore(dossier.on) }), dossier);
  }
} // prettier-ignore
