import {
  type CatalogChange,
  type ImportReport,
  MAX_REPORTED_CHANGES,
  MAX_REPORTED_PROBLEMS,
  type RowProblem,
} from "#protocol/hq/import.ts";

const MAX_VALUE_CHARS = 200;

export type ImportRefusal = Extract<ImportReport, { readonly ok: false }>["reason"];

/** Why a file as a whole was not imported, and where. */
export interface FileRefusal {
  readonly reason: ImportRefusal;
  readonly message: string;
  readonly line: number | null;
  readonly headings?: string[];
}

/** Something that an import found: a row that cannot be used, or a change. */
export type Finding =
  | { readonly kind: "problem"; readonly problem: RowProblem }
  | { readonly kind: "change"; readonly change: CatalogChange };

/** Collects what an import found. It counts everything and keeps the first thousand of each kind, so a bad file cannot fill memory. */
export class Findings {
  /** Hears of each, however many there are. */
  readonly #heard: (finding: Finding) => void;
  readonly problems: RowProblem[] = [];
  readonly changes: CatalogChange[] = [];
  problemCount = 0;
  changeCount = 0;
  rows = 0;
  created = 0;
  changed = 0;
  unchanged = 0;
  variants = 0;
  prices = 0;
  derivedSkus = 0;

  constructor(heard: (finding: Finding) => void = () => undefined) {
    this.#heard = heard;
  }

  problem(found: RowProblem): void {
    const problem = { ...found, value: found.value.slice(0, MAX_VALUE_CHARS) };
    this.problemCount += 1;
    if (this.problems.length < MAX_REPORTED_PROBLEMS) this.problems.push(problem);
    this.#heard({ kind: "problem", problem });
  }

  change(change: CatalogChange): void {
    this.changeCount += 1;
    this.#heard({ kind: "change", change });
    if (this.changes.length < MAX_REPORTED_CHANGES) this.changes.push(change);
  }

  get products(): number {
    return this.created + this.changed + this.unchanged;
  }

  toReport(dryRun: boolean): ImportReport {
    if (this.products === 0) {
      return this.refuse({
        reason: "nothingUsable",
        message:
          this.rows === 0
            ? "The file has a heading and no products below it. Nothing was changed."
            : "No row of the file could be used. Nothing was changed.",
        line: null,
      });
    }
    return {
      ok: true,
      dryRun,
      rows: this.rows,
      products: { created: this.created, changed: this.changed, unchanged: this.unchanged },
      variants: this.variants,
      prices: this.prices,
      derivedSkus: this.derivedSkus,
      problems: this.#problemsInOrder(),
      problemCount: this.problemCount,
      changes: this.changes,
      changeCount: this.changeCount,
    };
  }

  refuse(refusal: FileRefusal): ImportReport {
    return { ok: false, ...refusal, problems: this.#problemsInOrder() };
  }

  #problemsInOrder(): RowProblem[] {
    return this.problems.toSorted((a, b) => a.line - b.line);
  }
}
