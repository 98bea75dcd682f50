import type { CAMERA_ENGLISH } from "./camera-words.ts";

/** The words of scanning by camera, in German. */
export const CAMERA_GERMAN: Readonly<Record<keyof typeof CAMERA_ENGLISH, string>> = {
  "camera.title": "Kamera",
  "camera.hint": "Scannt mit einer Kamera dieses Geräts: Eine Taste neben der Suche zeigt, was sie sieht.",
  "camera.off": "Aus",
  "camera.on": "Ein",
  "camera.which": "Welche Kamera",
  "camera.any": "Irgendeine Kamera",
  "camera.chosen": "Die gewählte Kamera",
  "camera.unnamed": "Kamera {number}",
  "camera.try": "Kamera ausprobieren",
  "camera.stop": "Anhalten",
  "camera.scan": "Mit der Kamera scannen",
  "camera.close": "Kamera ausschalten",
  "camera.starting": "Die Kamera startet …",
  "camera.aim": "Einen Code vor die Kamera halten.",
  "camera.again": "Noch einmal versuchen",
  "camera.trouble.denied":
    "Die Kasse darf die Kamera nicht benutzen. Bitte neben der Adresse dieser Seite oder in den Einstellungen des Systems erlauben und noch einmal versuchen.",
  "camera.trouble.noCamera": "Keine Kamera gefunden. Ist sie eingesteckt?",
  "camera.trouble.notThere":
    "Die gewählte Kamera ist nicht da. Bitte einstecken oder unter Geräte eine andere wählen.",
  "camera.trouble.inUse":
    "Ein anderes Programm benutzt die Kamera. Bitte dort schließen und noch einmal versuchen.",
  "camera.trouble.unplugged": "Die Kamera ist weg. Ist sie eingesteckt?",
  "camera.trouble.noDecoder":
    "Die Kasse kann die Bilder der Kamera nicht lesen. Bitte die Kasse neu starten.",
  "camera.trouble.failed": "Die Kamera kann nicht benutzt werden.",
  "counter.allow.camera": "Die Kamera einrichten",
};
