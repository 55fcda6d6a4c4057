// Names the theme before the first paint: the person's choice, else the system's. A classic script in the head, because
// modules come too late for that, and come not at all in a frame whose sandbox gives the page no origin of its own.
{
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  let chosen = null;
  try {
    chosen = localStorage.getItem("nnlab-theme");
  } catch {
    // A frame on a page of others may be forbidden to remember.
  }
  document.documentElement.dataset.theme = chosen ?? system;
  if (self.origin === "null") document.documentElement.dataset.sandboxed = "";
}
