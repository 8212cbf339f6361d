import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptList, acceptWatch, isJson, isProtobuf } from '../../source/sources/accept.ts';

test('protobuf is asked for before JSON', () => {
	assert.equal(acceptList, 'application/vnd.kubernetes.protobuf,application/json');
	assert.equal(acceptWatch, 'application/vnd.kubernetes.protobuf;stream=watch,application/json;stream=watch');
});

test('content types are recognised with parameters and in any case', () => {
	for (const type of [
		'application/json',
		'application/json; charset=utf-8',
		'Application/JSON',
		'application/x+json',
	]) {
		assert.equal(isJson(type), true, type);
		assert.equal(isProtobuf(type), false, type);
	}
	assert.equal(isProtobuf('application/vnd.kubernetes.protobuf;stream=watch'), true);
	for (const type of [
		'',
		'text/html',
		'application/jsonp',
		'application/vnd.kubernetes.protobufs',
		'text/plain;json',
	]) {
		assert.equal(isJson(type) || isProtobuf(type), false, type);
	}
});
