/** Ends a run with one plain line, `N passed, N failed, N skipped`, for scripts and for tired eyes. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    // A file that could not even be loaded holds tests nobody saw: it counts as one failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`;
    // Jest prints its summary after every reporter has spoken; the line comes after that.
    process.once('exit', () => process.stdout.write(`\n${line}\n`));
  }
}
