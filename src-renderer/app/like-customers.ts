import { useEffect, useState } from "react";
import type { Customer } from "#domain/customer/customer.ts";
import { client } from "./till.ts";

const MAX_LIKE = 3;

/** Whom the till knows already under what is typed, a few at most; null: too little is typed. A late answer to an older question is let go. */
export function useLikeCustomers(text: string | null): readonly Customer[] {
  const [like, setLike] = useState<readonly Customer[]>([]);
  useEffect(() => {
    let isOld = false;
    if (text === null) setLike([]);
    else
      void client
        .call("searchCustomers", { text, limit: MAX_LIKE })
        .then(({ customers }) => {
          if (!isOld) setLike(customers);
        })
        // The banner says that the engine is away; the next letter asks again.
        .catch(() => undefined);
    return () => {
      isOld = true;
    };
  }, [text]);
  return like;
}
