import type { CAMERA_ENGLISH } from "../camera-words.ts";

/** The words of scanning by camera, in Polish. */
export const CAMERA_POLISH: Readonly<Record<keyof typeof CAMERA_ENGLISH, string>> = {
  "camera.title": "Kamera",
  "camera.hint": "Skanuje kamerą tego urządzenia: przycisk obok wyszukiwania pokazuje, co ona widzi.",
  "camera.off": "Wyłączona",
  "camera.on": "Włączona",
  "camera.which": "Która kamera",
  "camera.any": "Dowolna kamera",
  "camera.chosen": "Wybrana kamera",
  "camera.unnamed": "Kamera {number}",
  "camera.try": "Wypróbuj kamerę",
  "camera.stop": "Zatrzymaj",
  "camera.scan": "Skanuj kamerą",
  "camera.close": "Wyłącz kamerę",
  "camera.starting": "Uruchamianie kamery…",
  "camera.aim": "Przytrzymaj kod przed kamerą.",
  "camera.again": "Spróbuj ponownie",
  "camera.trouble.denied":
    "Kasa nie może korzystać z kamery. Zezwól na to obok adresu tej strony lub w ustawieniach systemu i spróbuj ponownie.",
  "camera.trouble.noCamera": "Nie znaleziono kamery. Czy jest podłączona?",
  "camera.trouble.notThere": "Wybranej kamery nie ma. Podłącz ją lub wybierz inną w urządzeniach.",
  "camera.trouble.inUse": "Inny program korzysta z kamery. Zamknij ją tam i spróbuj ponownie.",
  "camera.trouble.unplugged": "Kamera zniknęła. Czy jest podłączona?",
  "camera.trouble.noDecoder": "Kasa nie może odczytać obrazu z kamery. Uruchom kasę ponownie.",
  "camera.trouble.failed": "Nie można użyć kamery.",
  "counter.allow.camera": "Konfiguracja kamery",
};
