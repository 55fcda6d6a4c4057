// What a first visit shows: an experiment that is already running and becomes interesting within seconds.

/** As the server describes it, which has drawn its plane already; everything else is the server's default. */
export const firstExample = () => JSON.parse(document.getElementById("first-example")?.textContent ?? "{}");
