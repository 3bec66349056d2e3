const path = require('path');
const { createConfig } = require('@openedx/frontend-build');

const config = createConfig('webpack-prod', {
  resolve: {
    alias: {
      // Where plugins find what Studio's front end lets them use of its own source.
      CourseAuthoring: path.resolve(__dirname, 'src/studio'),
    },
  },
  // Nobody has to download it from far away, but everybody has to wait for it to be built.
  cache: { type: 'filesystem', cacheDirectory: path.resolve(__dirname, '../node_modules/.cache/workbench') },
  // Packages stay as they are, except for the plugin, which has the same version however often it is built.
  snapshot: { managedPaths: [path.resolve(__dirname, '../node_modules')] },
  devtool: false,
  optimization: { minimize: false },
  performance: { hints: false },
  stats: 'errors-warnings',
});

// A report on the bundle, which would be served with the page.
config.plugins = config.plugins.filter((plugin) => plugin.constructor.name !== 'BundleAnalyzerPlugin');

module.exports = config;
