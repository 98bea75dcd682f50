import { type RefObject, useEffect, useRef } from "react";

/** For a list of so many: whenever that is another number its last one is brought into sight, for it is what one wants to see. */
export function useLastInView(count: number): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number is what moves the list to its end
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }, [count]);
  return list;
}
