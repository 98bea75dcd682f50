import type { ReactNode } from "react";
import type { Right } from "#domain/access/rights.ts";
import { useMay } from "./signed-in.ts";

/** What only those see who may use it. The server decides the same by itself. */
export function May({ right, children }: { readonly right: Right; readonly children: ReactNode }) {
  return useMay(right) ? children : null;
}
