import type { StoreSettings } from "#domain/store/store.ts";
import { type Xml, xmlDocument } from "../xml.ts";
import { type Column, TABLE_NAMES, TABLES, type TableShape } from "./tables.ts";

const DOCTYPE = '<!DOCTYPE DataSet SYSTEM "gdpdu-01-09-2004.dtd">\n';

/** What a tax office's software reads first: which files there are and what stands in which column (GDPdU description standard). */
export function indexXml({ retailer, address }: StoreSettings): string {
  const tables = TABLE_NAMES.map((name) => tableXml(TABLES[name]));
  const supplier: Xml = [
    "DataSupplier",
    [
      ["Name", retailer],
      ["Location", address.join(", ")],
      ["Comment", "DSFinV-K"],
    ],
  ];
  const media: Xml = ["Media", [["Name", "DSFinV-K"], ...tables]];
  return xmlDocument(["DataSet", [["Version", "1.0"], supplier, media]], { head: DOCTYPE });
}

function tableXml({ file, title, columns }: TableShape): Xml {
  return [
    "Table",
    [
      ["URL", file],
      ["Name", title],
      ["Description", title],
      ["UTF8", ""],
      ["DecimalSymbol", ","],
      ["DigitGroupingSymbol", "."],
      ["Range", [["From", "2"]]],
      [
        "VariableLength",
        [
          ["ColumnDelimiter", ";"],
          ["RecordDelimiter", "\r\n"],
          ["TextEncapsulator", '"'],
          ...columns.map(columnXml),
        ],
      ],
    ],
  ];
}

function columnXml({ name, type }: Column): Xml {
  if (type.kind === "number") {
    const accuracy: readonly Xml[] = type.decimals === 0 ? [] : [["Accuracy", type.decimals]];
    return [
      "VariableColumn",
      [["Name", name], accuracy.length === 0 ? ["Numeric", ""] : ["Numeric", accuracy]],
    ];
  }
  const length: readonly Xml[] = type.max === null ? [] : [["MaxLength", type.max]];
  return ["VariableColumn", [["Name", name], ["AlphaNumeric", ""], ...length]];
}
