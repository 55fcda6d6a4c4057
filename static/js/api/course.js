// The course of an experiment's figures: a row for each snapshot, and read anew from the server when training has taken another
// course, as after a reset or an undo of one, or has gone on while nobody looked. Knows nothing of who looks at it.

import { newestOnly } from "../core/pacing.js";
import { record, seriesOf } from "../core/series.js";
import { persistently } from "./persistently.js";

/** @typedef {import("../core/series.js").Series} Series */
/** @typedef {import("../core/types.js").Snapshot} Snapshot */

/** Steps that were missed are read when they are more than this share of all. */
const WORTH_READING = 0.02;

/**
 * @param {{series: Series, snapshot: Snapshot}} known
 * @param {{fetchHistory: () => Promise<Record<string, (number|null)[]>>, onSeries: (series: Series) => void}} options
 */
export function createCourse({ series, snapshot }, { fetchHistory, onSeries }) {
  let newest = snapshot;
  let isBehind = false; // after an outage longer than one asks again
  let wasAway = false;
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
      const isLeap = wasAway && snapshot.step - newest.step > snapshot.step * WORTH_READING;
      if (isBehind || isLeap || snapshot.courses !== newest.courses) renew(undefined);
      [newest, isBehind, wasAway] = [snapshot, false, false];
      record(series, snapshot);
      return series;
    },
    /** Before the next snapshot others may be missing. */
    miss() {
      wasAway = true;
    },
    series: () => series,
  };
}
