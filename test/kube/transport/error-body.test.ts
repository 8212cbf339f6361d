import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorText } from '../../../source/kube/transport/error-body.ts';

/** What kube-apiserver 1.36.3 answered a user who may not list nodes and asked for protobuf: 403. */
const forbidden = Buffer.from(
	'azhzAAoMCgJ2MRIGU3RhdHVzEp0BCgYKABIAGgASB0ZhaWx1cmUaa25vZGVzIGlzIGZvcmJpZGRlbjogVXNlciAibmFtZXNwYWNlLW9ubHkiIGNhbm5vdCBsaXN0IHJlc291cmNlICJub2RlcyIgaW4gQVBJIGdyb3VwICIiIGF0IHRoZSBjbHVzdGVyIHNjb3BlIglGb3JiaWRkZW4qDwoAEgAaBW5vZGVzKAAyADCTAxoAIgA=',
	'base64',
);

describe('the body of an error', () => {
	test('in protobuf says what it would have said in JSON', () => {
		assert.deepEqual(JSON.parse(errorText(forbidden)), {
			kind: 'Status',
			message:
				'nodes is forbidden: User "namespace-only" cannot list resource "nodes" in API group "" at the cluster scope',
			reason: 'Forbidden',
			code: 403,
		});
	});

	test('that is text stays as it is', () => {
		assert.equal(errorText(Buffer.from('service unavailable\n')), 'service unavailable\n');
		assert.equal(errorText(Buffer.alloc(0)), '');
	});

	test('that was cut off anywhere is read as far as it goes, and never hangs or throws', () => {
		for (let length = 0; length < forbidden.length; length++) {
			const text = errorText(forbidden.subarray(0, length));
			assert.ok(length < 4 || JSON.parse(text).kind === 'Status', `${length} bytes`);
		}
	});
});
