/** Short messages to whoever has subscribed to a topic. */
package com.omc.flywheel.common.notice;
