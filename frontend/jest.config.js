const { createConfig } = require('@openedx/frontend-build');

module.exports = createConfig('jest', {
  setupFilesAfterEnv: ['<rootDir>/src/testing/setup.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/workbench/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/workbench/'],
});
