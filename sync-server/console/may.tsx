import type { ReactNode } from "react";
import type { Right } from "#domain/access/rights.ts";
import { useMay } from "./signed-in.ts";
import { t } from "./translate.ts";

interface Wanted {
  readonly right: Right;
  /** It concerns every store, so it takes somebody who works for all of them. */
  readonly everywhere?: boolean;
  readonly children: ReactNode;
}

/** What only those see who may use it. The server decides the same by itself. */
export function May({ right, everywhere = false, children }: Wanted) {
  return useMay(right, { everywhere }) ? children : null;
}

/** A form that those who may not save it can still read: its fields are fixed, and what changes or sends them is not there. */
export function ReadOnlyUnless({ right, everywhere = false, children }: Wanted) {
  if (useMay(right, { everywhere })) return children;
  return (
    <fieldset disabled className="min-w-0 [&_button]:hidden [&_label:has([type=file])]:hidden">
      <legend className="sr-only">{t("may.look")}</legend>
      {children}
    </fieldset>
  );
}
