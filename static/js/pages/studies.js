// The gallery of studies: its theme button. All else on it is links.

import { byId } from "../views/dom.js";
import { createTheme } from "../views/header/theme.js";

createTheme(/** @type {HTMLButtonElement} */ (byId("theme")), () => {});
