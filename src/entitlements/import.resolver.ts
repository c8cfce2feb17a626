import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { importList } from './import.store.ts';
import { EntitlementImport, EntitlementImportConnection } from './import.type.ts';

@Resolver(() => EntitlementImport)
export class EntitlementImportResolver {
  @Query(() => EntitlementImportConnection, {
    description:
      'Reports of the funds’ files, the last one read first: of your own, or of those your council read in.',
  })
  entitlementImports(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'offers:read');
    return listed(ctx, importList(), page);
  }
}
