import type { UPDATE_ENGLISH } from "./update-words.ts";

/** The words of new versions of the till, in German. */
export const UPDATE_GERMAN: Readonly<Record<keyof typeof UPDATE_ENGLISH, string>> = {
  "update.title": "Version dieser Kasse",
  "update.running": "Diese Kasse läuft mit Version {version}.",
  "update.now.upToDate": "Sie ist auf dem neuesten Stand.",
  "update.now.byHand":
    "Die Zentrale möchte hier ab {time} Version {version}: Bitte die Kasse damit neu starten.",
  "update.now.downloading": "Version {version} wird heruntergeladen.",
  "update.now.ready": "Version {version} ist da. Sie wird installiert, sobald niemand an der Kasse ist.",
  "update.now.installing": "Version {version} wird installiert. Die Kasse kommt von selbst wieder.",
  "update.waits.training": "Version {version} ist da. Sie wartet, bis die Übung vorbei ist.",
  "update.waits.terminalPending": "Version {version} ist da. Sie wartet auf die Antwort des Kartenterminals.",
  "update.waits.openBasket":
    "Version {version} ist da. Sie wartet, bis jeder offene Warenkorb verkauft oder geparkt ist.",
  "update.waits.paidParked":
    "Version {version} ist da. Sie wartet auf einen geparkten Warenkorb, der zum Teil bezahlt ist.",
  "update.waits.unsentEntries": "Version {version} ist da. Sie wartet, bis alles an den Server gesendet ist.",
  "update.waits.notYet": "Version {version} ist da. Die Zentrale gibt sie ab {time} frei.",
  "update.failed.download":
    "Version {version} konnte nicht heruntergeladen werden. Die Kasse versucht es um {time} wieder.",
  "update.failed.install":
    "Version {version} konnte nicht installiert werden. Die Kasse versucht es um {time} wieder.",
  "update.install": "Jetzt installieren",
  "update.allow": "Die neue Version jetzt auf dieser Kasse installieren. Die Kasse startet neu.",

  "refused.training": "Bitte erst die Übung beenden.",
  "refused.openBasket":
    "Ein Warenkorb ist offen. Bitte erst verkaufen oder parken, auch die anderer im Team.",
  "refused.paidParked": "Ein geparkter Warenkorb ist zum Teil bezahlt. Bitte erst abschließen.",
  "refused.unsentEntries": "Es ist noch nicht alles an den Server gesendet. Bitte so lange warten.",
  "refused.notYet": "Die Zentrale gibt die neue Version noch nicht frei.",
  "refused.noUpdate": "Hier ist keine neue Version, die installiert werden könnte.",
};
