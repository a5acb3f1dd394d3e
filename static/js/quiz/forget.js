// Signing out takes what is kept in this browser with it: the next person may be another one.
import { forgetAll } from "./outbox.js";

for (const form of document.querySelectorAll("form[data-signs-out]")) {
  form.addEventListener("submit", forgetAll);
}
