/** The console's words about what auditors take away. */
export const AUDIT_MESSAGES = {
  "audit.open": "For auditors",
  "audit.title": "Export for auditors",
  "audit.lead":
    "The journal is what the tills signed, for an auditor to judge without this server. The others are books made from it.",
  "audit.store": "Store",
  "audit.format": "What",
  "audit.format.journal": "Signed journal",
  "audit.format.csv": "Tables (CSV)",
  "audit.format.json": "Data (JSON)",
  "audit.format.dsfinvk": "DSFinV-K (Germany)",
  "audit.format.saft": "SAF-T (OECD)",
  "audit.from": "From day",
  "audit.until": "Until day",
  "audit.days.hint": "Empty: all there is",
  "audit.save": "Save the file",
  "audit.saving": "The file is being made",
} as const;
