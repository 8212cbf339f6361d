/** SOCKS 5. A module of its own because the package is CommonJS, whose names a bundle does not give through `import()`. */
export { SocksClient } from 'socks';
