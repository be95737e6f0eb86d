/** What AWS Clean Rooms says of a membership and its collaboration; nothing here changes anything there. */
package com.omc.flywheel.common.cleanrooms;
