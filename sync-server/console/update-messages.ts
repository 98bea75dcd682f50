/** The words of new versions of the till at HQ. */
export const UPDATE_MESSAGES = {
  "tills.version": "Version",
  "updates.title": "Updates",
  "updates.lead":
    "A version goes to a few stores first, then to more, then to all. Update this server before the tills. A till downloads ahead and installs when nothing is rung up, everything is sent and nobody is at it.",
  "updates.ring.pilot": "Pilot stores",
  "updates.ring.early": "Early stores",
  "updates.ring.all": "All other stores",
  "updates.version": "Version, {ring}",
  "updates.versionHint": "Left empty: tills stay as they are.",
  "updates.notBefore": "Not before, {ring}",
  "updates.wrong": "A version is three numbers, as 0.4.0, and has a day and time.",
  "updates.save": "Save versions",
  "updates.saved": "Saved. Tills hear of it at their next sync.",
  "updates.store": "Store",
  "updates.ring": "Ring",
  "updates.ringOf": "Ring of {store}",
  "updates.wanted": "Wanted",
  "updates.running": "Its tills run",
  "updates.tills": "{version}: {registers}",
  "updates.unknown": "not known",
} as const;
