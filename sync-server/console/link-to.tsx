import type { AnchorHTMLAttributes } from "react";
import { useSees } from "./page-rights.ts";
import { type Ask, addressOf, type Page } from "./use-route.ts";

interface LinkToProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  readonly page: Page;
  readonly ask?: Ask;
  /** How it looks where it leads nowhere. */
  readonly plain?: string;
}

/** Leads to a page; whoever may not see that page reads the words alone. */
export function LinkTo({ page, ask = {}, plain = "", children, ...rest }: LinkToProps) {
  if (!useSees(page)) return <span className={plain}>{children}</span>;
  return (
    <a {...rest} href={addressOf(page, ask)}>
      {children}
    </a>
  );
}
