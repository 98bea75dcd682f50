import type { CAMERA_ENGLISH } from "../camera-words.ts";

/** The words of scanning by camera, in Spanish. */
export const CAMERA_SPANISH: Readonly<Record<keyof typeof CAMERA_ENGLISH, string>> = {
  "camera.title": "Cámara",
  "camera.hint": "Escanea con una cámara de este equipo: un botón junto a la búsqueda muestra lo que ve.",
  "camera.off": "Desactivada",
  "camera.on": "Activada",
  "camera.which": "Qué cámara",
  "camera.any": "Cualquier cámara",
  "camera.chosen": "La cámara elegida",
  "camera.unnamed": "Cámara {number}",
  "camera.try": "Probar la cámara",
  "camera.stop": "Detener",
  "camera.scan": "Escanear con la cámara",
  "camera.close": "Apagar la cámara",
  "camera.starting": "La cámara se está iniciando…",
  "camera.aim": "Ponga un código delante de la cámara.",
  "camera.again": "Intentar de nuevo",
  "camera.trouble.denied":
    "La caja no tiene permiso para usar la cámara. Permítalo junto a la dirección de esta página o en los ajustes del sistema e inténtelo de nuevo.",
  "camera.trouble.noCamera": "No se encuentra ninguna cámara. ¿Está conectada?",
  "camera.trouble.notThere": "La cámara elegida no está. Conéctela o elija otra en Dispositivos.",
  "camera.trouble.inUse": "Otro programa está usando la cámara. Ciérrela allí e inténtelo de nuevo.",
  "camera.trouble.unplugged": "La cámara ha desaparecido. ¿Está conectada?",
  "camera.trouble.noDecoder": "La caja no puede leer las imágenes de la cámara. Reinicie la caja.",
  "camera.trouble.failed": "La cámara no se puede usar.",
  "counter.allow.camera": "Configurar la cámara",
};
