import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { watchForPeople } from "./attention.ts";
import "./console.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
watchForPeople(window);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
