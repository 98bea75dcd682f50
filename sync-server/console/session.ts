const STORED_AS = "onetill.hqKey";
const KEY_LINK = /^#key=([A-Za-z0-9_-]{20,200})$/;

/**
 * HQ's key of this browser tab. A sign-in link `/console/#key=…` puts it there and is removed from the address at once; the part after
 * `#` never travels to a server, and the tab's storage ends with the tab.
 */
export function readSession(): string | null {
  const fromLink = KEY_LINK.exec(window.location.hash)?.[1];
  if (fromLink !== undefined) {
    window.history.replaceState(null, "", window.location.pathname);
    sessionStorage.setItem(STORED_AS, fromLink);
  }
  return sessionStorage.getItem(STORED_AS);
}

export function keepSession(key: string): void {
  sessionStorage.setItem(STORED_AS, key);
}

export function endSession(): void {
  sessionStorage.removeItem(STORED_AS);
}

const NAME_STORED_AS = "onetill.ownName";

/** The name that whoever works in this tab signs decisions with; empty until it was given. */
export function ownName(): string {
  return sessionStorage.getItem(NAME_STORED_AS) ?? "";
}

export function keepOwnName(name: string): void {
  sessionStorage.setItem(NAME_STORED_AS, name);
}
