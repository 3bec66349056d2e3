import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// How fast the machine is decides about no test: the libraries wait for one second, and Jest for five.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

// What the platform's own libraries are warned for on React 18.3, which is nothing to us.
const PLATFORM = /Support for defaultProps will be removed|findDOMNode is deprecated|"key" prop is being spread[^]*?\n +at .*PluginContainerDirect/;

let complaints: string[] = [];

beforeEach(() => {
  complaints = [];
  ['error' as const, 'warn' as const].forEach((level) => jest.spyOn(console, level).mockImplementation((...args) => {
    const complaint = args.map(String).join(' ');
    if (!PLATFORM.test(complaint)) { complaints.push(complaint); }
  }));
});

// A component that React complains about is not done.
afterEach(() => {
  jest.restoreAllMocks();
  expect(complaints).toEqual([]);
});
