// Names the theme before the first paint: the person's choice, else the system's. A classic script in the head, because
// modules come too late for that.
{
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = localStorage.getItem("nnlab-theme") ?? system;
}
