import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseSubject, subjectKey } from '../../source/model/subject.ts';

describe('a subject', () => {
	test('is read as explain is given it, a pod with the namespace of the flag or its own', () => {
		assert.deepEqual(parseSubject('pod/api-1', 'web'), { kind: 'pod', namespace: 'web', name: 'api-1', uid: '' });
		assert.deepEqual(parseSubject('pod/shop/api-1', 'web'), {
			kind: 'pod',
			namespace: 'shop',
			name: 'api-1',
			uid: '',
		});
		assert.deepEqual(parseSubject('container/api-1/app', 'web'), {
			kind: 'container',
			namespace: 'web',
			pod: 'api-1',
			container: 'app',
			id: '',
		});
		assert.deepEqual(parseSubject('no/n05', ''), { kind: 'node', name: 'n05' });
		assert.deepEqual(parseSubject('cgroup//kubepods/besteffort/', ''), {
			kind: 'cgroup',
			path: '/kubepods/besteffort',
		});
		assert.deepEqual(parseSubject('cgroup/', ''), { kind: 'cgroup', path: '/' });
		assert.deepEqual(parseSubject('pid/4711', ''), { kind: 'process', pid: 4711 });
	});

	test('has a key that reads as the same subject', () => {
		for (const key of [
			'pod/web/api-1',
			'container/web/api-1/app',
			'node/n05',
			'docker/db',
			'host',
			'cgroup/system.slice/docker.service',
			'pid/4711',
			'system/pods',
		]) {
			const subject = parseSubject(key, 'elsewhere');
			assert.equal(typeof subject === 'string' ? subject : subjectKey(subject), key);
		}
		assert.equal(subjectKey({ kind: 'pause', namespace: 'web', pod: 'api-1', id: 'f00' }), 'pause/web/api-1');
	});

	test('that cannot be understood says what is wrong', () => {
		for (const [text, problem] of [
			['', 'no-kind'],
			['api-1', 'no-kind'],
			['pod', 'name-missing'],
			['pod/', 'name-missing'],
			['pod//api-1', 'name-missing'],
			['container/api-1', 'name-missing'],
			['pod/a/b/c', 'too-many-parts'],
			['node/a/b', 'too-many-parts'],
			['deployment/web', 'kind-unknown'],
			['constructor/x', 'kind-unknown'],
			['pid/0', 'not-a-pid'],
			['pid/1.5', 'not-a-pid'],
			['pid/99999999', 'not-a-pid'],
		] as const) {
			assert.equal(parseSubject(text, 'web'), problem, text);
		}
	});
});
