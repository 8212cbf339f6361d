#!/usr/bin/env node
// The launcher. Kept in syntax that every Node since 12 understands, so that an old one gets a sentence, not a stack.

var needed = [22, 19];
var have = process.versions.node.split('.').map(Number);

if (have[0] < needed[0] || (have[0] === needed[0] && have[1] < needed[1])) {
	process.stderr.write(
		'whytop needs Node.js ' +
			needed.join('.') +
			' or newer, and this is ' +
			process.versions.node +
			' (' +
			process.execPath +
			'). Install a newer one, or run it inside the project with: npm start\n',
	);
	process.exitCode = 2;
} else {
	import('../distribution/start.js').catch((error) => {
		process.stderr.write('whytop could not start: ' + (error && error.message) + '\nIs it built? Try: npm run build\n');
		process.exitCode = 2;
	});
}
