// The course of an experiment's figures: a row for each snapshot, and read anew from the server when training has taken another
// course, as after a reset or an undo of one. Knows nothing of who looks at it.

import { newestOnly } from "../core/pacing.js";
import { record, seriesOf } from "../core/series.js";
import { persistently } from "./persistently.js";

/** @typedef {import("../core/series.js").Series} Series */
/** @typedef {import("../core/types.js").Snapshot} Snapshot */

/**
 * @param {{series: Series, snapshot: Snapshot}} known
 * @param {{fetchHistory: () => Promise<Record<string, (number|null)[]>>, onSeries: (series: Series) => void}} options
 */
export function createCourse({ series, snapshot }, { fetchHistory, onSeries }) {
  let newest = snapshot;
  const renew = newestOnly(async () => {
    const fetched = seriesOf(await persistently(fetchHistory));
    series = fetched;
    record(series, newest);
    onSeries(series);
  });
  record(series, snapshot);
  return {
    /** Take in a snapshot; return the series with it. @param {Snapshot} snapshot */
    take(snapshot) {
      if (snapshot.courses !== newest.courses) renew(undefined);
      newest = snapshot;
      record(series, snapshot);
      return series;
    },
    series: () => series,
  };
}
