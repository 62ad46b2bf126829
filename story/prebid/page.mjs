// What is bundled for the page: Prebid.js as it is published, its plain OpenRTB adapter and its DSA gate.
import pbjs from 'prebid.js';
import 'prebid.js/modules/billow_rtb25BidAdapter.js';
import 'prebid.js/modules/dsaControl.js';

window.pbjs = pbjs;
pbjs.processQueue();
