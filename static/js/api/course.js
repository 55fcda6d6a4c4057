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
  let isBehind = false; // after an outage longer than one asks again
  const read = async () => {
    series = seriesOf(await persistently(fetchHistory));
    record(series, newest);
    onSeries(series);
  };
  const renew = newestOnly(() =>
    read().catch(({ isOutage }) => {
      isBehind = isOutage;
    }),
  );
  record(series, snapshot);
  return {
    /** Take in a snapshot; return the series with it. @param {Snapshot} snapshot */
    take(snapshot) {
      if (isBehind || snapshot.courses !== newest.courses) renew(undefined);
      [newest, isBehind] = [snapshot, false];
      record(series, snapshot);
      return series;
    },
    series: () => series,
  };
}
