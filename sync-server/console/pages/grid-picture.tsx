import { useEffect, useState } from "react";
import { pictureAddress } from "./picture-address.ts";

/** What is scrolled past is not asked for. */
const REST_MS = 150;
const LOOK = "block size-9 rounded-lg bg-sunken object-cover";

/** A small picture of a product. */
export function GridPicture({ hash }: { readonly hash: string | null }) {
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => {
    if (hash === null) return;
    const timer = window.setTimeout(() => setRested(hash), REST_MS);
    return () => window.clearTimeout(timer);
  }, [hash]);
  if (hash === null || rested !== hash) return <span aria-hidden className={LOOK} />;
  return <img src={pictureAddress(hash)} alt="" className={LOOK} />;
}
