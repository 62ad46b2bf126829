@NullMarked
package mizan.server.repository;

import org.jspecify.annotations.NullMarked;
