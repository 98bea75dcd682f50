import type { CAMERA_ENGLISH } from "../camera-words.ts";

/** The words of scanning by camera, in French. */
export const CAMERA_FRENCH: Readonly<Record<keyof typeof CAMERA_ENGLISH, string>> = {
  "camera.title": "Caméra",
  "camera.hint":
    "Scanne avec une caméra de cette machine : un bouton à côté de la recherche montre ce qu’elle voit.",
  "camera.off": "Désactivée",
  "camera.on": "Activée",
  "camera.which": "Quelle caméra",
  "camera.any": "N’importe quelle caméra",
  "camera.chosen": "La caméra choisie",
  "camera.unnamed": "Caméra {number}",
  "camera.try": "Essayer la caméra",
  "camera.stop": "Arrêter",
  "camera.scan": "Scanner avec la caméra",
  "camera.close": "Éteindre la caméra",
  "camera.starting": "La caméra démarre…",
  "camera.aim": "Présentez un code devant la caméra.",
  "camera.again": "Réessayer",
  "camera.trouble.denied":
    "La caisse n’a pas le droit d’utiliser la caméra. Autorisez-la à côté de l’adresse de cette page ou dans les réglages du système, puis réessayez.",
  "camera.trouble.noCamera": "Aucune caméra trouvée. Est-elle branchée ?",
  "camera.trouble.notThere":
    "La caméra choisie n’est pas là. Branchez-la ou choisissez-en une autre sous Appareils.",
  "camera.trouble.inUse": "Un autre programme utilise la caméra. Fermez-la dans celui-ci, puis réessayez.",
  "camera.trouble.unplugged": "La caméra a disparu. Est-elle branchée ?",
  "camera.trouble.noDecoder": "La caisse ne peut pas lire les images de la caméra. Redémarrez la caisse.",
  "camera.trouble.failed": "La caméra ne peut pas être utilisée.",
  "counter.allow.camera": "Configurer la caméra",
};
