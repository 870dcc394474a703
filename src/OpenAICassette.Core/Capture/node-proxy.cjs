// Leads fetch, http and https of Node.js to the proxy in HTTPS_PROXY; loaded before the program, through NODE_OPTIONS.
// With NODE_USE_ENV_PROXY, Node.js 24 and late versions of 22 do so themselves, but not for agents of the program's own.
'use strict';

const http = require('node:http');
const https = require('node:https');
const net = require('node:net');
const tls = require('node:tls');

function isLocal(host) {
  return (
    !host ||
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^127\.\d+\.\d+\.\d+$/.test(host) ||
    host === '::1' ||
    host === '[::1]'
  );
}

function install(proxy) {
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const credentials =
    user === ':' ? '' : `Proxy-Authorization: Basic ${Buffer.from(user, 'utf8').toString('base64')}\r\n`;

  // Asks the proxy for a connection to a host; calls back with its socket.
  function open(host, port, done) {
    const target = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
    const socket = net.connect(Number(proxy.port), proxy.hostname);
    let head = '';
    const finish = (error) => {
      socket.removeListener('readable', read);
      socket.removeListener('error', finish);
      socket.removeListener('end', ended);
      if (error) {
        socket.destroy();
        done(error);
      } else {
        done(null, socket);
      }
    };
    const ended = () => finish(new Error(`the proxy closed the connection to ${target}`));
    const read = () => {
      for (let data = socket.read(); data !== null; data = socket.read()) {
        head += data.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end >= 0) {
          const isOpen = /^HTTP\/1\.[01] 2\d\d /.test(head);
          finish(isOpen ? null : new Error(`${target}: ${head.slice(0, head.indexOf('\r\n'))} ${head.slice(end + 4)}`));
          return;
        }
      }
    };
    socket.setNoDelay(true);
    socket.on('readable', read);
    socket.on('error', finish);
    socket.on('end', ended);
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${credentials}\r\n`);
  }

  function patch(agent, isSecure) {
    const original = agent.prototype.createConnection;
    agent.prototype.createConnection = function createConnection(options, callback) {
      if (
        this.options?.proxyEnv ||
        typeof options !== 'object' ||
        typeof callback !== 'function' ||
        options.socketPath ||
        options.socket ||
        isLocal(options.host)
      ) {
        return original.apply(this, arguments);
      }

      open(options.host, options.port, (error, socket) => {
        if (error) {
          callback(error);
        } else {
          callback(null, isSecure ? original.call(this, { ...options, socket }) : socket);
        }
      });
      return undefined;
    };
  }

  // A client with a way to connect of its own, such as that of the package ws, gets an agent.
  function patchRequest(protocol) {
    const original = protocol.request;
    protocol.request = function request(options, ...rest) {
      const connects = typeof options?.createConnection === 'function' && !options.agent && !options.socketPath;
      return original.call(this, connects ? { ...options, createConnection: undefined } : options, ...rest);
    };
  }

  // Connects for fetch, as undici asks for it.
  function connect({ protocol, hostname, port, servername }, callback) {
    const isSecure = protocol === 'https:';
    const number = port || (isSecure ? 443 : 80);
    const secure = (socket) => {
      const secured = tls.connect({
        socket,
        servername: servername || (net.isIP(hostname) ? undefined : hostname),
        ALPNProtocols: ['http/1.1'],
      });
      const fail = (error) => callback(error, null);
      secured.once('error', fail);
      secured.once('secureConnect', () => {
        secured.removeListener('error', fail);
        callback(null, secured);
      });
    };
    const opened = (error, socket) => {
      if (error) {
        callback(error, null);
      } else if (isSecure) {
        secure(socket);
      } else {
        callback(null, socket);
      }
    };
    if (!isLocal(hostname)) {
      open(hostname, number, opened);
      return;
    }

    const socket = net.connect(Number(number), hostname.replace(/^\[|\]$/g, ''));
    const fail = (error) => opened(error);
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.removeListener('error', fail);
      opened(null, socket);
    });
  }

  function patchFetch() {
    // Reading a class of fetch loads it, which creates its dispatcher.
    if (typeof globalThis.Response !== 'function') {
      return;
    }

    const key = Symbol.for('undici.globalDispatcher.1');
    const standard = globalThis[key];
    if (standard?.constructor?.name === 'Agent') {
      globalThis[key] = new standard.constructor({ connect });
    }
  }

  patch(http.Agent, false);
  patch(https.Agent, true);
  patchRequest(http);
  patchRequest(https);
  patchFetch();
}

const proxy = process.env.HTTPS_PROXY;
if (proxy) {
  install(new URL(proxy));
}
