import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOfComplaint } from '../../source/demo/complaint.ts';

/** As Node 20 and 24 print it. */
const uncaught = `(node:123) ExperimentalWarning: Type Stripping is an experimental feature and might change at any time
(Use \`node --trace-warnings ...\` to show where the warning was created)
/opt/whytop/source/demo/serve.ts:12
	throw new RangeError('no room: left');
	      ^

RangeError: no room: left
    at serveDemo (/opt/whytop/source/demo/serve.ts:12:8)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5) {
  code: 'ERR_OUT_OF_RANGE',
  [cause]: Error: the one before
      at serveDemo (/opt/whytop/source/demo/serve.ts:11:8)
}

Node.js v20.20.2
`;

test('the complaint of a process in one line is its error, not what Node prints under it', () => {
	assert.equal(lineOfComplaint(uncaught), 'RangeError: no room: left');
	assert.equal(
		lineOfComplaint(
			"node:internal/modules\n  throw err;\n  ^\n\nError [ERR_X]: Cannot find 'a'\n    at b\n\nNode.js v24.21.0\n",
		),
		"Error [ERR_X]: Cannot find 'a'",
	);
});

test('a process that ends without an error has its last words told', () => {
	const thrown =
		'node:internal/process\n    triggerUncaughtException(\n    ^\n\nno reason at all\n(Use `node --trace-uncaught ...` to show where the exception was thrown)\n\nNode.js v24.21.0\n';
	assert.equal(lineOfComplaint(thrown), 'no reason at all');
	assert.equal(
		lineOfComplaint('FATAL ERROR: Reached heap limit\n----- Native stack trace -----\n\n 1: 0xe1\n'),
		'FATAL ERROR: Reached heap limit',
	);
	assert.equal(lineOfComplaint(''), '');
});
