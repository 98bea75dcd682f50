import { useEffect, useState } from "react";
import { holdAddress } from "./use-route.ts";

/** While something is not saved: an address that is gone to is held back and told as `wanted`, until it is decided. */
export function useLeaveGuard(isUnsaved: boolean): {
  readonly wanted: string | null;
  stay(): void;
  leave(): void;
} {
  const [wanted, setWanted] = useState<string | null>(null);

  useEffect(() => {
    if (!isUnsaved) return;
    const letGo = holdAddress(setWanted);
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", onUnload);
    return () => {
      letGo();
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
