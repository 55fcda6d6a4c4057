// The lessons: fills the parts of their texts that live, and remembers in this browser what is solved.

import { progressOf, withSolved } from "../core/lesson-progress.js";
import { t } from "../core/messages.js";
import { byId, h, setText } from "../views/dom.js";
import { createTheme, readColours } from "../views/header/theme.js";
import { keep, recall } from "../views/keepsake.js";
import { createQuestion } from "../views/lessons/questions.js";

const KEY = "nnlab-lessons";

/** @type {Record<string, () => Promise<(element: HTMLElement, colours: () => import("../views/header/theme.js").Colours) => unknown>>} */
const BENCHES = {
  neuron: async () => (await import("../views/lessons/neuron-bench.js")).createNeuronBench,
  line: async () => (await import("../views/lessons/line-bench.js")).createLineBench,
  curves: async () => (await import("../views/lessons/curves-bench.js")).createCurvesBench,
  maxout: async () => (await import("../views/lessons/maxout-bench.js")).createMaxoutBench,
  counter: async () => (await import("../views/lessons/counter-bench.js")).createCounterBench,
  matrices: async () => (await import("../views/lessons/matrices-bench.js")).createMatricesBench,
  bumps: async () => (await import("../views/lessons/bumps-bench.js")).createBumpsBench,
};

/** @type {(name: string) => HTMLElement[]} */
const all = (selector) =>
  [...document.querySelectorAll(selector)].map((element) => /** @type {HTMLElement} */ (element));

const progress = () => progressOf(recall(KEY));

/** How much of a lesson is solved, in words; nothing before the first. */
function showProgress() {
  for (const place of all("[data-lesson]")) {
    const solved = (progress()[place.dataset.lesson ?? ""] ?? []).length;
    const line = place.querySelector(".lesson-progress");
    if (line)
      setText(
        line,
        solved ? t("{solved} of {questions} solved", { solved, questions: place.dataset.questions ?? "" }) : "",
      );
    place.classList.toggle("done", solved >= Number(place.dataset.questions));
  }
}

/** @param {string} lesson */
function createQuestions(lesson) {
  return all("[data-question]").map((element) => {
    const name = element.dataset.question ?? "";
    return createQuestion(element, {
      isSolved: (progress()[lesson] ?? []).includes(name),
      onSolved() {
        keep(KEY, JSON.stringify(withSolved(progress(), lesson, name)));
        showProgress();
      },
    });
  });
}

/** @returns {Promise<{paint: (colours: import("../views/header/theme.js").Colours) => void}[]>} */
async function fillBenches() {
  return Promise.all(
    all("[data-bench]").map(async (figure) => {
      const create = await BENCHES[figure.dataset.bench ?? ""]();
      const bench = create(/** @type {HTMLElement} */ (figure.querySelector(".bench-body")), readColours);
      return { paint: () => /** @type {{show?: () => void}|undefined} */ (bench)?.show?.() };
    }),
  );
}

/** @param {string} lesson @param {import("../views/lessons/questions.js").Question[]} questions */
async function openLives(lesson, questions) {
  const figures = all("[data-live]");
  if (!figures.length) return [];
  const [{ createLive }, { getCatalog }, { preparedCatalog }] = await Promise.all([
    import("./lesson-live.js"),
    import("../api/endpoints.js"),
    import("../core/catalog.js"),
  ]);
  const catalog = preparedCatalog(await getCatalog());
  return figures.map((figure) =>
    createLive(figure, {
      lesson,
      catalog,
      colours: readColours,
      onState: (state) => questions.filter(({ of }) => of === figure.dataset.live).forEach(({ look }) => look(state)),
      onProblem: (message) => showProblem(figure, message),
    }),
  );
}

/**
 * What some figures of the page come to; if it fails, they say why.
 * @template T
 * @param {string} selector
 * @param {Promise<T[]>} work
 * @returns {Promise<T[]>}
 */
const orTell = (selector, work) =>
  work.catch(({ message }) => {
    all(selector).forEach((figure) => showProblem(figure, message));
    return [];
  });

/** @param {HTMLElement} figure @param {string} message "" for none */
function showProblem(figure, message) {
  figure.querySelector(".live-problem")?.remove();
  if (message) figure.append(h("p", { class: "live-problem", role: "alert" }, message));
}

async function start() {
  /** @type {{paint: (colours: import("../views/header/theme.js").Colours) => void}[]} */
  let painted = [];
  createTheme(/** @type {HTMLButtonElement} */ (byId("theme")), (colours) =>
    painted.forEach(({ paint }) => paint(colours)),
  );
  const lesson = document.querySelector("main")?.dataset.lesson;
  showProgress();
  if (lesson) {
    const questions = createQuestions(lesson);
    painted = [
      ...(await orTell("[data-bench]", fillBenches())),
      ...(await orTell("[data-live]", openLives(lesson, questions))),
    ];
  }
  document.body.dataset.ready = "true";
}

start();
