import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { chartOf } from './chart.rules.ts';
import { sheetOfFigure } from './indicator.actions.ts';
import { IndicatorFigure } from './indicator.type.ts';
import { sheetOfTable } from './published.actions.ts';
import type { PublishedTableRow } from './published.row.ts';
import { PublishedTable } from './published.type.ts';
import { cells, csvOf, jsonOf, type Sheet } from './sheet.rules.ts';

const told = {
  csv: 'The same as CSV (UTF-8, semicolons), what it means before the numbers; `…` where a value is kept back or was not measured.',
  json: 'The same as JSON, what it means with the numbers.',
  xlsx: 'The same as a workbook of a spreadsheet (XLSX), in Base64.',
  chart:
    'Its groups as bars (SVG, 60 at most), each with its number; the numbers stand in its description too.',
};

async function workbook(sheet: Sheet): Promise<string> {
  const { default: writeExcelFile } = await import('write-excel-file/node'); // few ever ask for one
  return (await writeExcelFile(cells(sheet)).toBuffer()).toString('base64');
}

@Resolver(() => IndicatorFigure)
export class FigureExportResolver {
  @FieldResolver(() => String, { description: told.csv })
  csv(@Root() figure: IndicatorFigure) {
    return csvOf(sheetOfFigure(figure));
  }

  @FieldResolver(() => String, { description: told.json })
  json(@Root() figure: IndicatorFigure) {
    return jsonOf(sheetOfFigure(figure));
  }

  @FieldResolver(() => String, { description: told.xlsx })
  xlsx(@Root() figure: IndicatorFigure) {
    return workbook(sheetOfFigure(figure));
  }

  @FieldResolver(() => String, { description: told.chart })
  chart(@Root() figure: IndicatorFigure) {
    return chartOf(sheetOfFigure(figure));
  }
}

@Resolver(() => PublishedTable)
export class TableExportResolver {
  @FieldResolver(() => String, { description: told.csv })
  async csv(@Root() table: PublishedTableRow, @Ctx() ctx: Context) {
    return csvOf(await sheetOfTable(ctx, table));
  }

  @FieldResolver(() => String, { description: told.json })
  async json(@Root() table: PublishedTableRow, @Ctx() ctx: Context) {
    return jsonOf(await sheetOfTable(ctx, table));
  }

  @FieldResolver(() => String, { description: told.xlsx })
  async xlsx(@Root() table: PublishedTableRow, @Ctx() ctx: Context) {
    return workbook(await sheetOfTable(ctx, table));
  }

  @FieldResolver(() => String, { description: told.chart })
  async chart(@Root() table: PublishedTableRow, @Ctx() ctx: Context) {
    return chartOf(await sheetOfTable(ctx, table));
  }
}
