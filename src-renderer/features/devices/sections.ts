import type { ComponentType } from "react";
import { CameraSection } from "./camera-section.tsx";
import { DisplaySection } from "./display-section.tsx";
import { DrawerSection } from "./drawer-section.tsx";
import { FiscalSection } from "./fiscal-section.tsx";
import { PrintersSection } from "./printers-section.tsx";
import { ScaleSection } from "./scale-section.tsx";
import { ScannerSection } from "./scanner-section.tsx";
import { TerminalSection } from "./terminal-section.tsx";

/** The kinds of device that are set up at a till, as they stand on the sheet: one section each. */
export const SECTIONS: readonly { readonly kind: string; readonly Section: ComponentType }[] = [
  { kind: "printers", Section: PrintersSection },
  { kind: "drawer", Section: DrawerSection },
  { kind: "terminal", Section: TerminalSection },
  { kind: "fiscal", Section: FiscalSection },
  { kind: "scanner", Section: ScannerSection },
  { kind: "camera", Section: CameraSection },
  { kind: "scale", Section: ScaleSection },
  { kind: "display", Section: DisplaySection },
];
