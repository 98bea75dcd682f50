import { useEffect, useState } from "react";

/** While something is not saved: an address that is gone to is held back and told as `wanted`, until it is decided. */
export function useLeaveGuard(isUnsaved: boolean): {
  readonly wanted: string | null;
  stay(): void;
  leave(): void;
} {
  const [wanted, setWanted] = useState<string | null>(null);

  useEffect(() => {
    if (!isUnsaved) return;
    const here = window.location.hash;
    const onHashChange = (event: Event) => {
      const { hash } = window.location;
      if (hash === here) return;
      // The page must not change under what is typed: nobody else hears of the address.
      event.stopImmediatePropagation();
      window.history.replaceState(null, "", here);
      setWanted(hash);
    };
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("hashchange", onHashChange, { capture: true });
    window.addEventListener("beforeunload", onUnload);
    return () => {
      window.removeEventListener("hashchange", onHashChange, { capture: true });
      window.removeEventListener("beforeunload", onUnload);
    };
  }, [isUnsaved]);

  // Gone to once nothing holds it back any more.
  const [going, setGoing] = useState<string | null>(null);
  useEffect(() => {
    if (going !== null && !isUnsaved) window.location.hash = going;
  }, [going, isUnsaved]);

  return {
    wanted: going === null ? wanted : null,
    stay: () => setWanted(null),
    leave: () => setGoing(wanted),
  };
}
