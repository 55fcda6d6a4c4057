// Sets the chosen theme before the first paint. A classic script in the head, because modules come too late for that.
{
  const chosen = localStorage.getItem("nnlab-theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
}
